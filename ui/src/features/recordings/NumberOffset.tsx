// Shifts the meeting's clock against the recording by hand, in seconds: what was assumed can be wrong.
import { NumberInput, Popover } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Icon } from "../../shared/theme";

const MOST_S = 24 * 3600;

export function NumberOffset({ value, onChange }: { value: number; onChange: (seconds: number) => void }) {
  const { t } = useTranslation("recordings");
  const sign = value > 0 ? "+" : value < 0 ? "−" : "±";
  return (
    <Popover position="top-start" trapFocus>
      <Popover.Target>
        <button type="button" className="link desk-shift">
          {t("desk.shift", { value: `${sign}${Math.abs(value)}` })}
          <Icon name="pencil" size={12} />
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="desk-shift-edit">
          <NumberInput
            label={t("desk.shiftLabel")}
            description={t("desk.shiftText")}
            value={value}
            step={1}
            decimalScale={2}
            min={-MOST_S}
            max={MOST_S}
            onChange={(next) => {
              if (typeof next === "number" && Number.isFinite(next)) onChange(next);
            }}
          />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

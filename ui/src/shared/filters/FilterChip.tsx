// One chip: field, is or is not, values. Opens its editor; can be negated, switched off, taken away. Backspace on it takes it away.
import { Button, Popover, SegmentedControl } from "@mantine/core";
import { Fragment, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../format";
import { Icon } from "../theme";
import type { Chip } from "./chips";
import type { FieldSpec } from "./fields";
import { PersonName } from "./PersonPicker";
import { isPreset, parseDays } from "./periods";
import { ValueEditor } from "./ValueEditor";

type FilterChipProps = {
  chip: Chip;
  spec: FieldSpec;
  onChange: (chip: Chip) => void;
  onRemove: () => void;
  /** Just added: its editor is open. */
  fresh?: boolean;
};

function operator(chip: Chip, spec: FieldSpec): "is" | "isNot" | "in" | "notIn" {
  const span = spec.kind === "period";
  if (chip.negated) return span ? "notIn" : "isNot";
  return span ? "in" : "is";
}

export function FilterChip({ chip, spec, onChange, onRemove, fresh }: FilterChipProps) {
  const { t } = useTranslation("grid");
  const [open, setOpen] = useState(fresh === true);
  const looks = `chip${chip.negated ? " chip-not" : ""}${chip.off ? " chip-off" : ""}`;
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus>
      <Popover.Target>
        <span className={looks}>
          <button
            type="button"
            className="chip-body"
            aria-expanded={open}
            aria-haspopup="dialog"
            onClick={() => setOpen(!open)}
            onKeyDown={(event) => {
              if (event.key === "Backspace" || event.key === "Delete") onRemove();
            }}
          >
            <span className="chip-field">{spec.label}</span>
            <span className="chip-op">{t(`op.${operator(chip, spec)}`)}</span>
            <b className="cut">{chip.values.length === 0 ? "…" : <ChipValues chip={chip} spec={spec} />}</b>
            {chip.off && <span className="visually-hidden">{t("switchedOff")}</span>}
          </button>
          <button
            type="button"
            className="chip-x"
            aria-label={t("removeFilter", { field: spec.label })}
            onClick={onRemove}
          >
            <Icon name="close" size={12} />
          </button>
        </span>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="chip-editor" role="dialog" aria-label={spec.label}>
          <div className="picker-row-of">
            <span className="mid">{spec.label}</span>
            <SegmentedControl
              className="push"
              value={chip.negated ? "not" : "is"}
              onChange={(value) => onChange({ ...chip, negated: value === "not" })}
              data={[
                { value: "is", label: t("op.is") },
                { value: "not", label: t("op.isNot") },
              ]}
            />
          </div>
          <ValueEditor
            spec={spec}
            values={chip.values}
            onChange={(values) => onChange({ ...chip, values })}
            onDone={() => setOpen(false)}
          />
          <div className="chip-editor-end">
            <Button size="xs" variant="subtle" onClick={() => onChange({ ...chip, off: !chip.off })}>
              {t(chip.off ? "switchOn" : "switchOff")}
            </Button>
            <Button size="xs" variant="subtle" color="down" onClick={onRemove}>
              {t("remove")}
            </Button>
          </div>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function ChipValues({ chip, spec }: { chip: Chip; spec: FieldSpec }) {
  const { t } = useTranslation("grid");
  const format = useFormat();
  const word = (value: string): ReactNode => {
    switch (spec.kind) {
      case "choice":
        return spec.choices.find((choice) => choice.value === value)?.label ?? value;
      case "flag":
        return value === "yes" || value === "true" ? t("yes") : t("no");
      case "person":
        return <PersonName id={value} />;
      case "period": {
        if (isPreset(value)) return t(`period.${value}`);
        const days = parseDays(value);
        if (!days) return value;
        const day = (text: string) => format.day(`${text}T12:00:00Z`);
        if (days.from && days.to) {
          return days.from === days.to
            ? day(days.from)
            : t("period.between", { from: day(days.from), to: day(days.to) });
        }
        return days.from
          ? t("period.since", { from: day(days.from) })
          : t("period.until", { to: day(days.to ?? "") });
      }
      default:
        return value;
    }
  };
  const shown = chip.values.slice(0, 2);
  return (
    <>
      {shown.map((value, n) => (
        <Fragment key={value}>
          {n > 0 && ", "}
          {word(value)}
        </Fragment>
      ))}
      {chip.values.length > 2 && `, +${chip.values.length - 2}`}
    </>
  );
}

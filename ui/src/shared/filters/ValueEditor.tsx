// The editor of a chip's value, one per kind of field.
import { Button, Checkbox } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isComposing } from "../hooks";
import type { FieldSpec } from "./fields";
import { PersonPicker } from "./PersonPicker";
import { formatDays, PERIOD_PRESETS, parseDays } from "./periods";

type EditorProps = {
  spec: FieldSpec;
  values: readonly string[];
  onChange: (values: string[]) => void;
  /** One choice is the whole answer. */
  onDone: () => void;
};

export function ValueEditor({ spec, values, onChange, onDone }: EditorProps) {
  const { t } = useTranslation("grid");
  const only = (value: string) => {
    onChange([value]);
    onDone();
  };
  const toggled = (value: string) =>
    values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
  switch (spec.kind) {
    case "choice":
      return (
        <div className="picker">
          {spec.choices.map(({ value, label }) => (
            <Checkbox
              key={value}
              label={label}
              checked={values.includes(value)}
              onChange={() => onChange(toggled(value))}
            />
          ))}
          {values
            .filter((value) => !spec.choices.some((choice) => choice.value === value))
            .map((value) => (
              <Checkbox key={value} label={value} checked onChange={() => onChange(toggled(value))} />
            ))}
          {spec.open && <OtherWord label={t("otherValue")} onAdd={(value) => onChange([...values, value])} />}
        </div>
      );
    case "flag":
      return (
        <div className="picker picker-row-of">
          {(["yes", "no"] as const).map((value) => (
            <Button
              key={value}
              size="xs"
              variant={values[0] === value ? "light" : "default"}
              onClick={() => only(value)}
            >
              {t(value)}
            </Button>
          ))}
        </div>
      );
    case "person":
      return <PersonPicker values={values} onPick={(id) => only(id)} />;
    case "ids":
      return (
        <div className="picker">
          <OtherWord
            label={t("idNumbers")}
            initial={values.join(", ")}
            onAdd={(text) => onChange(text.split(/[^\d]+/).filter(Boolean))}
          />
        </div>
      );
    case "period":
      return (
        <PeriodEditor
          value={values[0] ?? ""}
          onChange={(value) => onChange(value ? [value] : [])}
          onDone={onDone}
        />
      );
  }
}

function OtherWord({
  label,
  initial = "",
  onAdd,
}: {
  label: string;
  initial?: string;
  onAdd: (text: string) => void;
}) {
  const { t } = useTranslation("grid");
  const [text, setText] = useState(initial);
  const add = () => {
    const word = text.trim();
    if (word === "") return;
    onAdd(word);
    if (initial === "") setText("");
  };
  return (
    <div className="picker-row-of">
      <input
        className="plain-input grow"
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !isComposing(event.nativeEvent)) {
            event.preventDefault();
            add();
          }
        }}
      />
      <Button size="xs" onClick={add} disabled={text.trim() === ""}>
        {t("add")}
      </Button>
    </div>
  );
}

function PeriodEditor({
  value,
  onChange,
  onDone,
}: {
  value: string;
  onChange: (value: string) => void;
  onDone: () => void;
}) {
  const { t } = useTranslation("grid");
  const days = parseDays(value) ?? { from: null, to: null };
  return (
    <div className="picker">
      <div className="picker-row-of">
        {PERIOD_PRESETS.map((preset) => (
          <Button
            key={preset}
            size="xs"
            variant={value === preset ? "light" : "default"}
            onClick={() => {
              onChange(preset);
              onDone();
            }}
          >
            {t(`period.${preset}`)}
          </Button>
        ))}
      </div>
      <div className="picker-days">
        <label>
          <span className="mut small">{t("period.from")}</span>
          <input
            className="plain-input num"
            type="date"
            value={days.from ?? ""}
            max={days.to ?? undefined}
            onChange={(event) => onChange(formatDays({ ...days, from: event.target.value || null }))}
          />
        </label>
        <label>
          <span className="mut small">{t("period.to")}</span>
          <input
            className="plain-input num"
            type="date"
            value={days.to ?? ""}
            min={days.from ?? undefined}
            onChange={(event) => onChange(formatDays({ ...days, to: event.target.value || null }))}
          />
        </label>
      </div>
    </div>
  );
}

// The form's fields: text, addresses, a yes or no, TLS, pool. Each changes one part of a profile and knows nothing of the rest.
import { Checkbox, NumberInput, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PoolLimits } from "../../ipc";
import { type FormTls, joinAddresses, orNull, splitAddresses } from "./profileForm";

type TextFieldProps = {
  label: string;
  value: string | null;
  onChange: (value: string) => void;
  placeholder?: string;
  required?: boolean;
  mono?: boolean;
};

export function TextField({ label, value, onChange, placeholder, required, mono }: TextFieldProps) {
  return (
    <TextInput
      label={label}
      value={value ?? ""}
      onChange={(event) => onChange(event.currentTarget.value)}
      placeholder={placeholder}
      required={required}
      spellCheck={false}
      autoComplete="off"
      classNames={mono ? { input: "mono-input" } : undefined}
    />
  );
}

type AddressesFieldProps = {
  label: string;
  hint: string;
  value: readonly string[];
  onChange: (value: string[]) => void;
};

export function AddressesField({ label, hint, value, onChange }: AddressesFieldProps) {
  // What is typed stays as typed; the list is what it means.
  const [text, setText] = useState(joinAddresses(value));
  return (
    <TextInput
      label={label}
      title={hint}
      value={text}
      required
      spellCheck={false}
      autoComplete="off"
      classNames={{ input: "mono-input" }}
      onChange={(event) => {
        setText(event.currentTarget.value);
        onChange(splitAddresses(event.currentTarget.value));
      }}
    />
  );
}

export function TlsFields({
  value,
  onChange,
  caOnly,
}: {
  value: FormTls;
  onChange: (value: FormTls) => void;
  caOnly?: boolean;
}) {
  const { t } = useTranslation("settings");
  const file = (key: "ca_file" | "client_cert_file" | "client_key_file") => (
    <TextField
      label={t(`tls.${key}`)}
      value={value[key]}
      onChange={(text) => onChange({ ...value, [key]: orNull(text) })}
      placeholder={key === "ca_file" ? t("tls.systemCa") : "/path/to/file.pem"}
      mono
    />
  );
  return (
    <>
      {!caOnly && (
        <Checkbox
          className="field-check field-row"
          label={t("tls.enabled")}
          checked={value.enabled}
          onChange={(event) => onChange({ ...value, enabled: event.currentTarget.checked })}
        />
      )}
      {(value.enabled || caOnly) && file("ca_file")}
      {value.enabled && !caOnly && file("client_cert_file")}
      {value.enabled && !caOnly && file("client_key_file")}
    </>
  );
}

const POOL_MOST = { max_idle: 10, max_open: 100, max_lifetime_s: 86_400 } as const;

export function PoolFields({
  value,
  onChange,
}: {
  value: Required<PoolLimits>;
  onChange: (value: Required<PoolLimits>) => void;
}) {
  const { t } = useTranslation("settings");
  return (["max_idle", "max_open", "max_lifetime_s"] as const).map((key) => (
    <NumberInput
      key={key}
      label={t(`pool.${key}`)}
      value={value[key]}
      min={key === "max_idle" ? 0 : 1}
      max={POOL_MOST[key]}
      allowDecimal={false}
      allowNegative={false}
      hideControls
      onChange={(next) => typeof next === "number" && onChange({ ...value, [key]: next })}
    />
  ));
}

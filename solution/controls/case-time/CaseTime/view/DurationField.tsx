import * as React from "./react";
import { Field, Input } from "./fluent";

/** A length of time as typed. */
export const DurationField: React.FC<{
  label: string;
  hint: string;
  value: string;
  message: string | undefined;
  onChange: (value: string) => void;
}> = ({ label, hint, value, message, onChange }) => (
  <Field label={label} required hint={hint} validationMessage={message}>
    <Input value={value} autoComplete="off" onChange={(_, change) => onChange(change.value)} />
  </Field>
);

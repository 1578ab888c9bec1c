import * as React from "./react";
import { Field, makeStyles, Textarea } from "./fluent";
import { useView } from "./context";
import { MOST_NOTE_UNITS } from "./timeLogDraft";

const useStyles = makeStyles({ counter: { display: "block", textAlign: "end" } });

/** A text of several lines with how much of its room is taken. */
export const NoteField: React.FC<{
  label: string;
  required?: boolean;
  value: string;
  message: string | undefined;
  onChange: (value: string) => void;
}> = ({ label, required, value, message, onChange }) => {
  const { say } = useView();
  const styles = useStyles();
  return (
    <Field
      label={label}
      required={required}
      validationMessage={message}
      hint={{
        className: styles.counter,
        children: say("Form_Counter", value.trim().length, MOST_NOTE_UNITS),
      }}
    >
      <Textarea resize="vertical" value={value} onChange={(_, change) => onChange(change.value)} />
    </Field>
  );
};

import * as React from "./react";
import { Field, Input, Select } from "./fluent";
import type { TimeLogValues } from "../core/gateway";
import { CATEGORIES, CATEGORY_KEYS } from "./categories";
import { useView } from "./context";
import { DialogForm } from "./FormDialog";
import { DurationField } from "./DurationField";
import { dayOf } from "../core/days";
import { NoteField } from "./NoteField";
import { timeLogComplaints, timeLogValues, type TimeLogDraft } from "./timeLogDraft";
import { useForm } from "./useForm";

/** The fields of a time log. Its day is one of the reporting time zone, as the service judges it. */
export const TimeLogForm: React.FC<{
  title: string;
  initial: TimeLogDraft;
  timeZone: string;
  save: (values: TimeLogValues) => Promise<void>;
  close: () => void;
}> = ({ title, initial, timeZone, save, close }) => {
  const { say, now } = useView();
  const today = dayOf(now(), timeZone);
  const form = useForm(initial, {
    complaintsOf: (draft) => timeLogComplaints(draft, today),
    save: (draft) => save(timeLogValues(draft)),
    saved: close,
  });
  const { draft, change, message } = form;
  return (
    <DialogForm title={title} form={form}>
      <DurationField
        label={say("TimeLog_Duration")}
        hint={say("TimeLog_DurationHint")}
        value={draft.duration}
        message={message("duration")}
        onChange={(value) => change("duration", value)}
      />
      <Field label={say("TimeLog_Date")} required validationMessage={message("loggedOn")}>
        <Input
          type="date"
          max={today}
          value={draft.loggedOn}
          onChange={(_, { value }) => change("loggedOn", value)}
        />
      </Field>
      <Field label={say("TimeLog_Category")} validationMessage={message("category")}>
        <Select value={draft.category} onChange={(_, { value }) => change("category", value)}>
          {CATEGORIES.map((category) => (
            <option key={category} value={category}>
              {say(CATEGORY_KEYS[category])}
            </option>
          ))}
        </Select>
      </Field>
      <NoteField
        label={say("TimeLog_Note")}
        value={draft.note}
        message={message("note")}
        onChange={(value) => change("note", value)}
      />
    </DialogForm>
  );
};

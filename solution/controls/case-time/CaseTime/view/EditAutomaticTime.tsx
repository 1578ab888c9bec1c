import * as React from "./react";
import { Button, Field, Input, makeStyles, margin, tokens } from "./fluent";
import { differenceText } from "../core/duration";
import { useView } from "./context";
import {
  correctedSeconds,
  correctionComplaints,
  correctionOf,
  type CorrectionDraft,
} from "./correctionDraft";
import { DialogForm, FormDialog } from "./FormDialog";
import { EditIcon } from "./icons";
import { NoteField } from "./NoteField";
import { useSharedStyles } from "./sharedStyles";
import { useForm } from "./useForm";

const useStyles = makeStyles({
  comparison: {
    display: "flex",
    flexWrap: "wrap",
    columnGap: tokens.spacingHorizontalXL,
    ...margin(0),
  },
  pair: { display: "flex", columnGap: tokens.spacingHorizontalS },
  value: { ...margin(0), fontWeight: tokens.fontWeightSemibold },
  note: { ...margin(0) },
});

export const EditAutomaticTime: React.FC = () => {
  const { say } = useView();
  return (
    <FormDialog
      trigger={
        <Button
          appearance="subtle"
          size="small"
          icon={<EditIcon />}
          aria-label={say("Action_EditAutomaticTime")}
        >
          {say("Action_Edit")}
        </Button>
      }
      content={(close) => <CorrectionForm close={close} />}
    />
  );
};

const CorrectionForm: React.FC<{ close: () => void }> = ({ close }) => {
  const { say, widget } = useView();
  const shared = useSharedStyles();
  // What she saw when she began, with what runs and waits; it goes on growing meanwhile.
  const [now] = React.useState(() => widget.ownSeconds().automatic);
  const form = useForm(correctionOf(now), {
    complaintsOf: (draft) => correctionComplaints(draft, now),
    save: (draft) => widget.correctOwnTime(correctedSeconds(draft) ?? now, draft.reason.trim()),
    saved: close,
  });
  const { draft, change } = form;
  const message = (field: keyof CorrectionDraft): string | undefined => {
    const key = form.complaint(field);
    return key && say(key);
  };
  return (
    <DialogForm title={say("Action_EditAutomaticTime")} form={form}>
      <Field
        label={say("Correction_New")}
        required
        hint={say("Correction_Hint")}
        validationMessage={message("duration")}
      >
        <Input
          value={draft.duration}
          autoComplete="off"
          onChange={(_, { value }) => change("duration", value)}
        />
      </Field>
      <Comparison now={now} corrected={correctedSeconds(draft)} />
      <NoteField
        label={say("Correction_Reason")}
        required
        value={draft.reason}
        message={message("reason")}
        onChange={(value) => change("reason", value)}
      />
      <p className={`${useStyles().note} ${shared.secondary}`}>{say("Correction_Evidence")}</p>
    </DialogForm>
  );
};

const Comparison: React.FC<{ now: number; corrected: number | undefined }> = ({
  now,
  corrected,
}) => {
  const { say, short } = useView();
  const styles = useStyles();
  const shared = useSharedStyles();
  return (
    <dl className={styles.comparison}>
      <div className={styles.pair}>
        <dt>{say("Correction_Now")}</dt>
        <dd className={styles.value}>{short(now)}</dd>
      </div>
      <div className={styles.pair}>
        <dt>{say("Correction_Difference")}</dt>
        <dd className={`${styles.value} ${shared.digits}`}>
          <bdi dir="ltr">{corrected === undefined ? "–" : differenceText(corrected - now)}</bdi>
        </dd>
      </div>
    </dl>
  );
};

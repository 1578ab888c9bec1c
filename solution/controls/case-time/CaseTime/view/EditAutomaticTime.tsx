import * as React from "./react";
import {
  Button,
  fontWeightSemibold,
  makeStyles,
  margin,
  spacingHorizontalS,
  tokens,
} from "./fluent";
import { differenceText } from "../core/duration";
import { useView } from "./context";
import { correctedSeconds, correctionComplaints, correctionOf } from "./correctionDraft";
import { DialogForm, FormDialog } from "./FormDialog";
import { DurationField } from "./DurationField";
import { EditIcon } from "./icons";
import { NoteField } from "./NoteField";
import { wrapping, useSharedStyles } from "./sharedStyles";
import { useForm } from "./useForm";

const useStyles = makeStyles({
  comparison: {
    ...wrapping,
    columnGap: tokens.spacingHorizontalXL,
    ...margin(0),
  },
  pair: { display: "flex", columnGap: spacingHorizontalS },
  value: { ...margin(0), fontWeight: fontWeightSemibold },
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
  const { draft, change, message } = form;
  return (
    <DialogForm title={say("Action_EditAutomaticTime")} form={form}>
      <DurationField
        label={say("Correction_New")}
        hint={say("Correction_Hint")}
        value={draft.duration}
        message={message("duration")}
        onChange={(value) => change("duration", value)}
      />
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

import * as React from "./react";
import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  makeStyles,
  spacingVerticalM,
  spacingVerticalS,
} from "./fluent";
import { useView } from "./context";
import { BusyIcon } from "./icons";
import { Notice } from "./Messages";
import type { Form } from "./useForm";
import { column } from "./sharedStyles";

const useStyles = makeStyles({
  surface: { maxWidth: "480px", width: "calc(100% - 16px)", boxSizing: "border-box" },
  fields: {
    ...column,
    rowGap: spacingVerticalM,
    paddingBottom: spacingVerticalS,
  },
});

/** A button and the dialog it opens. The content is made anew each time, so a draft that was given up
 *  is gone; a click beside the dialog does not give one up. */
export const FormDialog: React.FC<{
  trigger: React.ReactElement;
  content: (close: () => void) => React.ReactElement;
}> = ({ trigger, content }) => {
  const [open, setOpen] = React.useState(false);
  const opener = React.useRef<HTMLButtonElement>(null);
  const styles = useStyles();
  // Until the focus is outside, the dialog's modality hides the form from screen readers.
  React.useEffect(() => (open ? () => opener.current?.focus() : undefined), [open]);
  return (
    <Dialog
      open={open}
      onOpenChange={(_, data) => setOpen(data.type === "backdropClick" ? open : data.open)}
    >
      <DialogTrigger disableButtonEnhancement>
        {React.cloneElement(trigger, { ref: opener })}
      </DialogTrigger>
      <DialogSurface className={styles.surface}>{content(() => setOpen(false))}</DialogSurface>
    </Dialog>
  );
};

/** Fields, what went wrong as a whole, Save and Cancel. */
export const DialogForm: React.FC<{
  title: string;
  form: Pick<Form<never>, "busy" | "failure" | "submit" | "element">;
}> = ({ title, form, children }) => {
  const { say } = useView();
  const styles = useStyles();
  return (
    <form ref={form.element} noValidate onSubmit={form.submit}>
      <DialogBody>
        <DialogTitle>{title}</DialogTitle>
        <DialogContent className={styles.fields}>
          {children}
          {form.failure && <Notice intent="error" text={say(form.failure)} />}
        </DialogContent>
        <DialogActions>
          <Button
            type="submit"
            appearance="primary"
            aria-busy={form.busy}
            disabledFocusable={form.busy}
            icon={form.busy ? <BusyIcon appearance="inverted" /> : undefined}
          >
            {say("Action_Save")}
          </Button>
          <DialogTrigger action="close" disableButtonEnhancement>
            <Button>{say("Action_Cancel")}</Button>
          </DialogTrigger>
        </DialogActions>
      </DialogBody>
    </form>
  );
};

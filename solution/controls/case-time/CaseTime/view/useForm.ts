import * as React from "./react";
import { GatewayError } from "../core/gateway";
import { useView } from "./context";
import { failureKey, useAction } from "./useAction";

/** The key of what is wrong with each field; fields that are right are missing. */
export type Complaints<Draft> = Readonly<Partial<Record<keyof Draft, string>>>;

export interface Form<Draft> {
  readonly draft: Draft;
  readonly busy: boolean;
  /** The key of what went wrong, when no field is to blame. */
  readonly failure: string | undefined;
  readonly element: React.RefObject<HTMLFormElement>;
  change(field: keyof Draft, value: string): void;
  /** What to say at a field: once it was changed, or saving was tried. */
  message(field: keyof Draft): string | undefined;
  submit(event: React.FormEvent): void;
}

/** Keep a draft whose fields are texts. Save stays enabled: pressing it says what is missing and goes
 *  there, which a disabled button cannot. */
export function useForm<Draft extends object>(
  initial: Draft,
  rules: {
    readonly complaintsOf: (draft: Draft) => Complaints<Draft>;
    readonly save: (draft: Draft) => Promise<void>;
    readonly saved: () => void;
  },
): Form<Draft> {
  const { say } = useView();
  const [draft, setDraft] = React.useState(initial);
  const [changed, setChanged] = React.useState<ReadonlySet<keyof Draft>>(new Set());
  const [attempts, setAttempts] = React.useState(0);
  const [forgiven, setForgiven] = React.useState<unknown>();
  const element = React.useRef<HTMLFormElement>(null);
  const saving = useAction(() => rules.save(draft));

  const complaints = rules.complaintsOf(draft);
  const error = saving.error === forgiven ? undefined : saving.error;
  const blamed = fieldOf(error, draft);

  React.useEffect(() => {
    if (attempts > 0) {
      element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    }
  }, [attempts]);

  return {
    draft,
    element,
    busy: saving.busy,
    failure: error !== undefined && blamed === undefined ? failureKey(error) : undefined,
    change: (field, value) => {
      setDraft({ ...draft, [field]: value });
      setChanged(new Set([...changed, field]));
      setForgiven(saving.error);
    },
    message: (field) => {
      const own = attempts > 0 || changed.has(field) ? complaints[field] : undefined;
      const key = own ?? (field === blamed ? "Form_NotAccepted" : undefined);
      return key && say(key);
    },
    submit: (event) => {
      event.preventDefault();
      event.stopPropagation(); // React's events leave a dialog through its parent in the tree
      if (Object.keys(complaints).length > 0) {
        setAttempts(attempts + 1);
        return;
      }
      void saving.run().then((done) => (done ? rules.saved() : setAttempts((count) => count + 1)));
    },
  };
}

/** Where the service's names for fields are not the form's. */
const FORM_FIELDS: Readonly<Record<string, string>> = {
  minutes: "duration",
  durationSeconds: "duration",
};

/** Return the field of the draft that the service complained about, if it named one: "body.note". */
function fieldOf<Draft extends object>(error: unknown, draft: Draft): keyof Draft | undefined {
  const named = error instanceof GatewayError ? error.detail.field?.split(".").pop() : undefined;
  if (named === undefined) {
    return undefined;
  }
  const field = FORM_FIELDS[named] ?? named;
  return field in draft ? (field as keyof Draft) : undefined;
}

import * as React from "./react";
import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  padding,
  spacingHorizontalM,
  spacingVerticalS,
  spacingVerticalXS,
  spacingVerticalXXS,
} from "./fluent";
import type { WidgetState } from "../core/widget";
import { useView } from "./context";
import { messagesOf } from "./importantMessages";
import { useAction } from "./useAction";
import { column } from "./sharedStyles";

const useStyles = makeStyles({
  messages: { ...column, rowGap: spacingVerticalS },
  bar: { ...padding(spacingVerticalXS, spacingHorizontalM) },
  body: { whiteSpace: "normal", ...padding(spacingVerticalXXS, 0) },
});

/** What stands between her and right figures, calmly. */
export const Messages: React.FC<{ state: WidgetState }> = ({ state }) => {
  const view = useView();
  const styles = useStyles();
  const messages = messagesOf(state, view, view.long);
  if (messages.length === 0) {
    return null;
  }
  return (
    <div className={styles.messages}>
      {messages.map(({ id, intent, text, offersSignIn }) =>
        offersSignIn ? (
          <SignInNotice key={id} text={text} />
        ) : (
          <Notice key={id} intent={intent} text={text} />
        ),
      )}
    </div>
  );
};

/** The message keeps its place when signing in failed, so that there are never more than two. */
const SignInNotice: React.FC<{ text: string }> = ({ text }) => {
  const { say, widget } = useView();
  const signIn = useAction(() => widget.signIn());
  const failed = signIn.error !== undefined;
  return (
    <Notice intent={failed ? "error" : "info"} text={failed ? say("Failure_signInFailed") : text}>
      <Button size="small" disabledFocusable={signIn.busy} onClick={() => void signIn.run()}>
        {say("Action_SignIn")}
      </Button>
    </Notice>
  );
};

/** One message that wraps in narrow places; its children are what can be done about it. */
export const Notice: React.FC<{ intent: "info" | "warning" | "error"; text: string }> = ({
  intent,
  text,
  children,
}) => {
  const styles = useStyles();
  return (
    <MessageBar
      className={styles.bar}
      intent={intent}
      layout={children ? "multiline" : "singleline"}
    >
      <MessageBarBody className={styles.body}>{text}</MessageBarBody>
      {children ? <MessageBarActions>{children}</MessageBarActions> : null}
    </MessageBar>
  );
};

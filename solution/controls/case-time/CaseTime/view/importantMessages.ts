import type { Phrases } from "../core/phrases";
import type { WidgetState } from "../core/widget";

export interface Message {
  readonly id: string;
  readonly intent: "info" | "warning" | "error";
  readonly text: string;
  readonly offersSignIn: boolean;
}

/** More than two at once are noise. */
const MOST_MESSAGES = 2;

/** Return what she should know, the most important first: what loses time, then what delays it, then
 *  what she can do something about. */
export function messagesOf(
  state: WidgetState,
  phrases: Phrases,
  long: (seconds: number) => string,
): readonly Message[] {
  const { waiting, connection, route, signInOffered } = state;
  const messages: Message[] = [];
  const add = (id: string, intent: Message["intent"], text: string): void => {
    messages.push({ id, intent, text, offersSignIn: id === "signIn" && signInOffered });
  };
  if (waiting.full) {
    add("full", "error", phrases.say("Message_StorageFull"));
  }
  if (connection !== "online") {
    add("connection", "warning", connectionText(state, phrases));
  }
  if (waiting.refusedSeconds > 0) {
    const why = refusalText(waiting.refusedReason, phrases);
    add("refused", "warning", phrases.say("Message_Refused", long(waiting.refusedSeconds), why));
  }
  if (route === "withoutSignIn") {
    const text = signInOffered ? "Message_WithoutSignIn" : "Message_WithoutService";
    add("signIn", "info", phrases.say(text));
  }
  if (waiting.volatile) {
    add("volatile", "warning", phrases.say("Message_StorageVolatile"));
  }
  return messages.slice(0, MOST_MESSAGES);
}

function connectionText({ connection, waiting }: WidgetState, phrases: Phrases): string {
  const offline = connection === "offline";
  if (waiting.segments === 0) {
    return phrases.say(offline ? "Message_Offline" : "Message_Unreachable");
  }
  return phrases.count(
    offline ? "Message_OfflineWaiting" : "Message_UnreachableWaiting",
    waiting.segments,
  );
}

/** The service may know reasons that are younger than this widget. */
function refusalText(reason: string | null, phrases: Phrases): string {
  return phrases.known(`Refusal_${reason}`) ?? phrases.say("Refusal_other");
}

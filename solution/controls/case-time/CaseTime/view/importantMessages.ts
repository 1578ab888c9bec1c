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
    const why = phrases.say(REFUSAL_KEYS[waiting.refusedReason ?? ""] ?? "Refusal_other");
    add("refused", "warning", phrases.say("Message_Refused", long(waiting.refusedSeconds), why));
  }
  if (route === "withoutSignIn") {
    add("signIn", "info", phrases.say("Message_WithoutSignIn"));
  } else if (signInOffered) {
    add("signIn", "info", phrases.say("Message_SignInAgain"));
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

const REFUSAL_KEYS: Readonly<Record<string, string>> = {
  future: "Refusal_future",
  too_old: "Refusal_too_old",
  empty: "Refusal_empty",
  too_long: "Refusal_too_long",
  case_not_found: "Refusal_case_not_found",
  case_not_active: "Refusal_case_not_active",
  tracking_disabled: "Refusal_tracking_disabled",
  not_allowed: "Refusal_not_allowed",
};

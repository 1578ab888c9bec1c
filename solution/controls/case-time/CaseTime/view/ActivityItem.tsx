import * as React from "react";
import type { Activity } from "../core/gateway";
import { useView } from "./context";
import { Entry } from "./Entry";
import { nameOf } from "./Representatives";

export const ActivityItem: React.FC<{ activity: Activity }> = ({ activity }) => {
  const view = useView();
  const type = TYPE_KEYS[activity.type];
  const status = STATUS_KEYS[activity.status];
  const details = [
    type ? view.say(type) : activity.type,
    nameOf(activity, view),
    view.moment(activity.at),
    status ? view.say(status) : activity.status,
  ];
  return (
    <Entry
      what={activity.subject || view.say("Activity_NoSubject")}
      length={view.short(activity.minutes * 60)}
      details={details.join(" · ")}
    />
  );
};

/** The activities Dataverse comes with; others are shown by the name of their table. */
const TYPE_KEYS: Readonly<Record<string, string>> = {
  appointment: "Activity_appointment",
  email: "Activity_email",
  fax: "Activity_fax",
  letter: "Activity_letter",
  phonecall: "Activity_phonecall",
  task: "Activity_task",
};

const STATUS_KEYS: Readonly<Record<string, string>> = {
  open: "Activity_open",
  completed: "Activity_completed",
  canceled: "Activity_canceled",
  scheduled: "Activity_scheduled",
};

import * as React from "./react";
import type { Activity } from "../core/gateway";
import { useView } from "./context";
import { Entry, facts } from "./Entry";
import { nameOf } from "./Representatives";

export const ActivityItem: React.FC<{ activity: Activity }> = ({ activity }) => {
  const view = useView();
  const details = [
    // Activities that Dataverse does not come with are shown by the name of their table.
    view.known(`Activity_${activity.type}`) ?? activity.type,
    nameOf(activity, view),
    view.moment(activity.at),
    view.known(`Activity_${activity.status}`) ?? activity.status,
  ];
  return (
    <Entry
      what={activity.subject || view.say("Activity_NoSubject")}
      length={view.short(activity.minutes * 60)}
      details={facts(details)}
    />
  );
};

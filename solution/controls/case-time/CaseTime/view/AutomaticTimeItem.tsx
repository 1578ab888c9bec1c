import * as React from "./react";
import {
  colorNeutralStroke2,
  makeStyles,
  spacingHorizontalS,
  spacingHorizontalXS,
  tokens,
} from "./fluent";
import { differenceText } from "../core/duration";
import type { Adjustment, AutomaticTime } from "../core/gateway";
import { useView } from "./context";
import { EditAutomaticTime } from "./EditAutomaticTime";
import { Entry, facts } from "./Entry";
import { nameOf } from "./Representatives";
import { useSharedStyles } from "./sharedStyles";

const useStyles = makeStyles({
  corrections: {
    marginInlineStart: spacingHorizontalXS,
    paddingInlineStart: spacingHorizontalS,
    borderInlineStartWidth: tokens.strokeWidthThick,
    borderInlineStartStyle: "solid",
    borderInlineStartColor: colorNeutralStroke2,
  },
  reason: { overflowWrap: "anywhere" },
});

/** A representative's automatic time: what was tracked, and each correction of it. */
export const AutomaticTimeItem: React.FC<{ item: AutomaticTime; editable: boolean }> = ({
  item,
  editable,
}) => {
  const view = useView();
  const shared = useSharedStyles();
  const styles = useStyles();
  const details = [view.say("Automatic_Tracked", view.short(item.trackedSeconds))];
  if (item.updatedAt) {
    details.push(view.say("Footer_Updated", view.moment(item.updatedAt)));
  }
  return (
    <Entry
      what={nameOf(item, view)}
      length={view.short(item.seconds)}
      details={facts(details)}
      actions={editable && <EditAutomaticTime />}
    >
      {item.adjustments.length > 0 && (
        <ul
          className={`${shared.list} ${styles.corrections}`}
          aria-label={view.say("Automatic_Corrections")}
        >
          {item.adjustments.map((adjustment) => (
            <Correction key={adjustment.id} adjustment={adjustment} />
          ))}
        </ul>
      )}
    </Entry>
  );
};

const Correction: React.FC<{ adjustment: Adjustment }> = ({ adjustment }) => {
  const { say, short, moment } = useView();
  const { fromSeconds, toSeconds, deltaSeconds, reason, at } = adjustment;
  return (
    <li className={useSharedStyles().secondary}>
      {say("Automatic_Corrected", short(fromSeconds), short(toSeconds))}{" "}
      <bdi dir="ltr">({differenceText(deltaSeconds)})</bdi>
      {" · "}
      {moment(at)}
      <div className={useStyles().reason}>
        <bdi>{reason}</bdi>
      </div>
    </li>
  );
};

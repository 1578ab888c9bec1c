import * as React from "./react";
import {
  Badge,
  Button,
  colorPaletteRedForeground1,
  fontSizeBase200,
  makeStyles,
  spacingHorizontalS,
} from "./fluent";
import type { TimeLog } from "../core/gateway";
import { CATEGORY_KEYS } from "./categories";
import { useView } from "./context";
import { EditTimeLog } from "./EditTimeLog";
import { Entry, facts } from "./Entry";
import { RestoreIcon, VoidIcon } from "./icons";
import { dayText } from "./moments";
import { nameOf } from "./Representatives";
import { failureKey, useAction } from "./useAction";

const useStyles = makeStyles({
  badge: { marginInlineStart: spacingHorizontalS },
  failed: { color: colorPaletteRedForeground1, fontSize: fontSizeBase200 },
});

export const TimeLogItem: React.FC<{ log: TimeLog; timeZone: string }> = ({ log, timeZone }) => {
  const view = useView();
  const styles = useStyles();
  const voided = log.status === "voided";
  const category = view.say(CATEGORY_KEYS[log.category]);
  const length = view.short(log.minutes * 60);
  const day = dayText(log.loggedOn, view.locale);
  const change = useAction(() =>
    voided ? view.widget.restoreTimeLog(log.id) : view.widget.voidTimeLog(log.id),
  );
  return (
    <Entry
      what={
        <>
          {voided ? <s>{category}</s> : category}
          {voided && (
            <Badge className={styles.badge} appearance="outline" color="informative">
              {view.say("TimeLog_Voided")}
            </Badge>
          )}
        </>
      }
      length={voided ? <s>{length}</s> : length}
      details={
        <>
          {facts([day, nameOf(log, view)])}
          {log.note && (
            <div>
              <bdi>{log.note}</bdi>
            </div>
          )}
        </>
      }
      actions={
        log.mine && (
          <>
            {!voided && <EditTimeLog log={log} timeZone={timeZone} />}
            {/* One button for both ways: the focus stays on it when the entry changes. */}
            <Button
              key="change"
              appearance="subtle"
              size="small"
              icon={voided ? <RestoreIcon /> : <VoidIcon />}
              aria-label={view.say(
                voided ? "Action_RestoreOf" : "Action_VoidOf",
                category,
                length,
                day,
              )}
              disabledFocusable={change.busy}
              onClick={() => void change.run()}
            >
              {view.say(voided ? "Action_Restore" : "Action_Void")}
            </Button>
          </>
        )
      }
    >
      {change.error !== undefined && (
        <div role="alert" className={styles.failed}>
          {view.say(failureKey(change.error))}
        </div>
      )}
    </Entry>
  );
};

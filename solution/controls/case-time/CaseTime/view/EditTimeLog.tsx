import * as React from "./react";
import { Button } from "./fluent";
import type { TimeLog } from "../core/gateway";
import { CATEGORY_KEYS } from "./categories";
import { useView } from "./context";
import { FormDialog } from "./FormDialog";
import { EditIcon } from "./icons";
import { dayText } from "./moments";
import { draftOf } from "./timeLogDraft";
import { TimeLogForm } from "./TimeLogForm";

export const EditTimeLog: React.FC<{ log: TimeLog; timeZone: string }> = ({ log, timeZone }) => {
  const { say, short, locale, widget } = useView();
  const name = say(
    "Action_EditOf",
    say(CATEGORY_KEYS[log.category]),
    short(log.minutes * 60),
    dayText(log.loggedOn, locale),
  );
  return (
    <FormDialog
      trigger={
        <Button appearance="subtle" size="small" icon={<EditIcon />} aria-label={name}>
          {say("Action_Edit")}
        </Button>
      }
      content={(close) => (
        <TimeLogForm
          title={say("TimeLog_Edit")}
          initial={draftOf(log)}
          timeZone={timeZone}
          save={(values) => widget.changeTimeLog(log.id, values)}
          close={close}
        />
      )}
    />
  );
};

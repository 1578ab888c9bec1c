import * as React from "./react";
import { Button } from "./fluent";
import { useView } from "./context";
import { FormDialog } from "./FormDialog";
import { AddIcon } from "./icons";
import { dayOf } from "../core/days";
import { emptyTimeLog } from "./timeLogDraft";
import { TimeLogForm } from "./TimeLogForm";

export const AddTimeLog: React.FC<{ timeZone: string }> = ({ timeZone }) => {
  const { say, now, widget } = useView();
  return (
    <FormDialog
      trigger={<Button icon={<AddIcon />}>{say("Action_AddTimeLog")}</Button>}
      content={(close) => (
        <TimeLogForm
          title={say("Action_AddTimeLog")}
          initial={emptyTimeLog(dayOf(now(), timeZone))}
          timeZone={timeZone}
          save={(values) => widget.addTimeLog(values)}
          close={close}
        />
      )}
    />
  );
};

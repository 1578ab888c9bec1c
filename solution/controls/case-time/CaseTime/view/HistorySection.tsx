import * as React from "./react";
import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  Button,
  fontSizeBase300,
  fontWeightSemibold,
  lineHeightBase300,
  makeStyles,
  margin,
  padding,
  SkeletonItem,
  spacingHorizontalM,
  spacingVerticalS,
  spacingVerticalXS,
  spacingVerticalXXS,
  tokens,
} from "./fluent";
import type { Abilities, Section } from "../core/gateway";
import type { HistoryState } from "../core/widget";
import { ActivityItem } from "./ActivityItem";
import { AutomaticTimeItem } from "./AutomaticTimeItem";
import { useView } from "./context";
import { BusyIcon } from "./icons";
import { Notice } from "./Messages";
import { column, useSharedStyles } from "./sharedStyles";
import { TimeLogItem } from "./TimeLogItem";
import { failureKey, useAction } from "./useAction";

const useStyles = makeStyles({
  // The header's own padding would push its words out of line with the card's.
  section: {
    ...margin(`calc(-1 * ${spacingVerticalS})`, `calc(-1 * ${spacingHorizontalM})`),
  },
  panel: {
    ...column,
    rowGap: tokens.spacingVerticalL,
    ...margin(0, spacingHorizontalM),
    ...padding(spacingVerticalXS, 0, spacingVerticalS),
  },
  title: {
    ...margin(0, 0, spacingVerticalXXS),
    fontSize: fontSizeBase300,
    lineHeight: lineHeightBase300,
    fontWeight: fontWeightSemibold,
  },
  waiting: { ...column, rowGap: spacingVerticalS },
  more: { marginTop: spacingVerticalXS },
});

/** What the figures are made of: three lists, behind a disclosure. */
export const HistorySection: React.FC<{
  history: HistoryState;
  abilities: Abilities;
  timeZone: string;
}> = ({ history, abilities, timeZone }) => {
  const { say, support, widget } = useView();
  const styles = useStyles();
  const shared = useSharedStyles();
  return (
    <Accordion
      className={styles.section}
      collapsible
      openItems={history.open ? ["history"] : []}
      onToggle={() => widget.setHistoryOpen(!history.open)}
    >
      <AccordionItem value="history">
        <AccordionHeader as="h3">{say("History_Title")}</AccordionHeader>
        <AccordionPanel className={styles.panel}>
          {history.open && (
            <>
              <Lists history={history} mayCorrect={abilities.correction} timeZone={timeZone} />
              <span className={shared.secondary}>{say("History_Support", support())}</span>
            </>
          )}
        </AccordionPanel>
      </AccordionItem>
    </Accordion>
  );
};

const Lists: React.FC<{ history: HistoryState; mayCorrect: boolean; timeZone: string }> = ({
  history,
  mayCorrect,
  timeZone,
}) => {
  const { say } = useView();
  const { lists, failed, loading } = history;
  return (
    <>
      {failed && <LoadingFailed />}
      {!lists && loading && <Waiting />}
      {lists && (
        <>
          <List
            title={say("History_AutomaticTime")}
            empty={say("History_NoAutomaticTime")}
            section="automaticTime"
            cursor={lists.automaticTime?.nextCursor}
          >
            {lists.automaticTime?.items.map((item) => (
              <AutomaticTimeItem
                key={item.representativeId}
                item={item}
                editable={item.mine && mayCorrect}
              />
            ))}
          </List>
          <List
            title={say("History_TimeLogs")}
            empty={say("History_NoTimeLogs")}
            section="timeLogs"
            cursor={lists.timeLogs?.nextCursor}
          >
            {lists.timeLogs?.items.map((log) => (
              <TimeLogItem key={log.id} log={log} timeZone={timeZone} />
            ))}
          </List>
          <List
            title={say("History_Activities")}
            empty={say("History_NoActivities")}
            section="activities"
            cursor={lists.activities?.nextCursor}
          >
            {lists.activities?.items.map((activity) => (
              <ActivityItem key={activity.id} activity={activity} />
            ))}
          </List>
        </>
      )}
    </>
  );
};

const List: React.FC<{
  title: string;
  empty: string;
  section: Section;
  cursor: string | null | undefined;
}> = ({ title, empty, section, cursor, children }) => {
  const { say, widget } = useView();
  const styles = useStyles();
  const shared = useSharedStyles();
  const more = useAction(() => widget.loadMore(section));
  return (
    <section aria-label={title}>
      <h4 className={styles.title}>{title}</h4>
      {React.Children.count(children) === 0 ? (
        <span className={shared.secondary}>{empty}</span>
      ) : (
        <ul className={shared.list}>{children}</ul>
      )}
      {more.error !== undefined && <Notice intent="error" text={say(failureKey(more.error))} />}
      {cursor && (
        <Button
          className={styles.more}
          size="small"
          aria-label={say("Action_ShowMoreOf", title)}
          aria-busy={more.busy}
          disabledFocusable={more.busy}
          icon={more.busy ? <BusyIcon /> : undefined}
          onClick={() => void more.run()}
        >
          {say("Action_ShowMore")}
        </Button>
      )}
    </section>
  );
};

const LoadingFailed: React.FC = () => {
  const { say, widget } = useView();
  const retry = useAction(() => widget.refresh());
  return (
    <Notice intent="error" text={say("History_Failed")}>
      <Button size="small" disabledFocusable={retry.busy} onClick={() => void retry.run()}>
        {say("Action_Retry")}
      </Button>
    </Notice>
  );
};

const Waiting: React.FC = () => {
  const { say } = useView();
  const styles = useStyles();
  return (
    <div className={styles.waiting} role="progressbar" aria-label={say("History_Loading")}>
      <SkeletonItem size={16} />
      <SkeletonItem size={16} />
      <SkeletonItem size={16} />
    </div>
  );
};

import * as React from "./react";
import {
  Avatar,
  Button,
  fontSizeBase300,
  lineHeightBase300,
  makeStyles,
  margin,
  padding,
  Popover,
  PopoverSurface,
  PopoverTrigger,
  SkeletonItem,
  spacingHorizontalM,
  spacingHorizontalS,
  spacingHorizontalXS,
  spacingVerticalS,
  useId,
} from "./fluent";
import type { Representative, SecondsByKind } from "../core/gateway";
import { useView, type View } from "./context";
import { wrapping, useSharedStyles } from "./sharedStyles";

const MOST_FACES = 4;

const useStyles = makeStyles({
  place: { display: "flex", alignItems: "center", minHeight: "32px" },
  waiting: { width: "56px" },
  trigger: {
    minWidth: 0,
    marginInlineStart: `calc(-1 * ${spacingHorizontalXS})`,
    ...padding("2px", spacingHorizontalXS),
  },
  faces: { display: "inline-flex", columnGap: spacingHorizontalXS },
  surface: {
    boxSizing: "border-box",
    maxWidth: "min(360px, 92vw)",
    maxHeight: "min(420px, 80vh)",
    overflowY: "auto",
  },
  title: {
    ...margin(0, 0, spacingVerticalS),
    fontSize: fontSizeBase300,
    lineHeight: lineHeightBase300,
  },
  person: {
    display: "grid",
    gridTemplateColumns: "auto minmax(0, 1fr) auto",
    columnGap: spacingHorizontalS,
    ...padding(spacingVerticalS, 0),
  },
  details: { gridColumnStart: "2", gridColumnEnd: "4" },
  kinds: { ...wrapping, columnGap: spacingHorizontalM },
});

/** The faces of everybody who worked on the case; behind them, who did how much. */
export const Representatives: React.FC<{
  expected: boolean;
  people: readonly Representative[] | undefined;
}> = ({ expected, people }) => {
  const { count } = useView();
  const styles = useStyles();
  const titleId = useId("people");
  if (!people) {
    return (
      <div className={styles.place}>
        {expected && <SkeletonItem aria-hidden="true" size={24} className={styles.waiting} />}
      </div>
    );
  }
  if (people.length === 0) {
    return <div className={styles.place} />;
  }
  const title = count("Representatives_Title", people.length);
  return (
    <div className={styles.place}>
      <Popover
        trapFocus
        withArrow
        positioning={{ position: "below", align: "start", autoSize: "height" }}
      >
        <PopoverTrigger disableButtonEnhancement>
          <FacesButton title={title} people={people} />
        </PopoverTrigger>
        <PopoverSurface className={styles.surface} aria-labelledby={titleId} tabIndex={0}>
          <h3 id={titleId} className={styles.title}>
            {title}
          </h3>
          <People people={people} />
        </PopoverSurface>
      </Popover>
    </div>
  );
};

/** One stop for the keyboard however many faces there are; its name names them. */
const FacesButton = React.forwardRef<
  HTMLButtonElement,
  { title: string; people: readonly Representative[] }
>(({ title, people, ...trigger }, ref) => {
  const view = useView();
  const styles = useStyles();
  const shared = useSharedStyles();
  const shown = people.length > MOST_FACES ? people.slice(0, MOST_FACES - 1) : people;
  const more = people.length - shown.length;
  const names = people.map((person) => nameOf(person, view)).join(", ");
  return (
    <Button {...trigger} ref={ref} appearance="subtle" className={styles.trigger}>
      <span className={shared.unseen}>{`${title}: ${names}`}</span>
      <span className={styles.faces} aria-hidden="true">
        {shown.map((person) => (
          <Face key={person.representativeId} person={person} size={24} />
        ))}
        {more > 0 && <Avatar size={24} initials={{ children: `+${more}`, dir: "ltr" }} />}
      </span>
    </Button>
  );
});

const People: React.FC<{ people: readonly Representative[] }> = ({ people }) => {
  const view = useView();
  const styles = useStyles();
  const shared = useSharedStyles();
  return (
    <ul className={shared.list}>
      {people.map((person) => (
        <li key={person.representativeId} className={styles.person}>
          <Face person={person} size={28} />
          <span>{nameOf(person, view)}</span>
          <span className={shared.digits}>{view.short(person.seconds.totalSeconds)}</span>
          <div className={`${styles.details} ${shared.secondary}`}>
            <Kinds of={person.seconds} />
            {person.lastSeen
              ? view.say("Representatives_LastSeen", view.moment(person.lastSeen))
              : view.say("Representatives_NeverSeen")}
          </div>
        </li>
      ))}
    </ul>
  );
};

const Kinds: React.FC<{ of: SecondsByKind }> = ({ of }) => {
  const { say, short } = useView();
  const styles = useStyles();
  return (
    <div className={styles.kinds}>
      <span>{say("Representatives_Automatic", short(of.automaticSeconds))}</span>
      <span>{say("Representatives_TimeLogs", short(of.timeLogsSeconds))}</span>
      <span>{say("Representatives_Activities", short(of.activitiesSeconds))}</span>
    </div>
  );
};

const Face: React.FC<{ person: Representative; size: 24 | 28 }> = ({ person, size }) => {
  const { clientUrl } = useView();
  const image = person.imageUrl ? { src: `${clientUrl}${person.imageUrl}`, alt: "" } : undefined;
  return (
    <Avatar
      aria-hidden="true"
      size={size}
      color="colorful"
      idForColor={person.representativeId}
      name={person.name ?? undefined}
      image={image}
    />
  );
};

/** Return how a person is called; she herself is told so. */
export function nameOf(person: { name: string | null; mine: boolean }, { say }: View): string {
  if (person.mine) {
    return person.name ? say("Person_Yourself", person.name) : say("Person_You");
  }
  return person.name ?? say("Person_Unknown");
}

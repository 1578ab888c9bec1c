import * as React from "./react";
import { fontSizeBase400, fontWeightSemibold, makeStyles, tokens } from "./fluent";
import { durationParts } from "../core/duration";
import { useView } from "./context";

const useStyles = makeStyles({
  figure: {
    display: "block",
    fontSize: tokens.fontSizeHero700,
    lineHeight: tokens.lineHeightHero700,
    fontWeight: fontWeightSemibold,
    fontVariantNumeric: "tabular-nums",
  },
  part: { whiteSpace: "nowrap" },
  // Two digits' room: nothing moves when nine becomes ten.
  number: { display: "inline-block", minWidth: "2ch", textAlign: "start" },
  words: {
    fontSize: fontSizeBase400,
    fontWeight: tokens.fontWeightRegular,
    lineHeight: 1, // or the smaller words would make the line taller
  },
});

/** Her time up to now. It alone renders at each tick, not the card around it. */
export const LiveDuration: React.FC<{ seconds: () => number; name: string }> = (props) => (
  <DurationFigure seconds={useTicking(props.seconds)} name={props.name} ticking />
);

/** A time as of the last update; a dash while there is none. */
export const StillDuration: React.FC<{ seconds: number | undefined; name: string }> = (props) => (
  <DurationFigure {...props} ticking={false} />
);

/** A ticking length in the running text. */
export const LiveText: React.FC<{ seconds: () => number }> = ({ seconds }) => (
  <Parts seconds={useTicking(seconds)} ticking />
);

function useTicking(seconds: () => number): number {
  const { widget } = useView();
  const [, renderAgain] = React.useReducer((count: number) => count + 1, 0);
  React.useEffect(() => widget.onTick(renderAgain), [widget]);
  return seconds();
}

const DurationFigure: React.FC<{ seconds: number | undefined; name: string; ticking: boolean }> = ({
  seconds,
  name,
  ticking,
}) => {
  const { say, long } = useView();
  const styles = useStyles();
  const spoken = (): string => (seconds === undefined ? say("Figures_Unknown") : long(seconds));
  // While it ticks its text is read where somebody asks for it; a name that changes every second
  // would be one more thing to work out.
  const label = ticking ? name : `${name}: ${spoken()}`;
  return (
    <span className={styles.figure} role="timer" aria-live="off" aria-label={label}>
      {seconds === undefined ? (
        "–"
      ) : (
        <Parts seconds={seconds} ticking={ticking} words={styles.words} />
      )}
    </span>
  );
};

/** `words` is the style of what is no number. */
const Parts: React.FC<{ seconds: number; ticking: boolean; words?: string }> = ({
  seconds,
  ticking,
  words,
}) => {
  const { locale } = useView();
  const styles = useStyles();
  const parts = durationParts(seconds, locale, ticking ? "ticker" : "short");
  // Hours change too seldom to keep room for them.
  const number = (index: number): string | undefined =>
    ticking && (index > 0 || parts.length < 3) ? styles.number : undefined;
  // By index, not by unit: when a minute is full, "1 min" takes the place of "59 sec".
  return (
    <>
      {parts.map(({ pieces }, index) => (
        <React.Fragment key={index}>
          {index > 0 && " "}
          <span className={styles.part}>
            {pieces.map(({ isNumber, text }, place) => (
              <span key={place} className={isNumber ? number(index) : words}>
                {text}
              </span>
            ))}
          </span>
        </React.Fragment>
      ))}
    </>
  );
};

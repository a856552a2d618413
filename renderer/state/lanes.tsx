import { useStation, useView, useWords } from '../api/use.ts';
import css from './lanes.module.css';
import { laneState } from './lineState.ts';
import { StateShape } from './shape.tsx';

/** Which lane is looked at. A station with one lane has nothing to switch; of the others the sign tells how they are. */
export const Lanes = () => {
  const { text } = useWords();
  const { lookAt } = useStation();
  const lanes = useView((view) => view.slow?.lanes ?? null);
  const lane = useView((view) => view.lane);
  const looked = lanes?.find((each) => each.lane === lane);
  if (lanes === null || lanes.length < 2)
    return (
      <p className={css.one}>
        <b>{looked?.product ?? ''}</b>
        {looked === undefined ? '' : `${looked.lane} · ${looked.recipe}`}
      </p>
    );
  return (
    <nav className={css.lanes} aria-label={text.regions.lanes}>
      {lanes.map((each) => (
        <button
          key={each.lane}
          type="button"
          className={css.lane}
          aria-current={each.lane === lane ? 'true' : undefined}
          onClick={() => lookAt(each.lane)}
        >
          <StateShape tone={laneState(each).tone} />
          <span>
            <b>{each.lane}</b>
            {each.product}
          </span>
        </button>
      ))}
    </nav>
  );
};

import Sequencer from '@jest/test-sequencer';

// The longest suite of all, though its file is short: started last, it would go on for minutes with every other worker idle.
const LONGEST = 'scenarios.e2e.spec.ts';
const PLACES = ['e2e', 'int', 'spec'];

const placeOf = ({ path, context }) => (path.endsWith(LONGEST) ? -1 : PLACES.indexOf(context.config.displayName.name));

/** Whole flows first, then what needs a server, then what needs nothing: on a machine that knows no durations yet, Jest goes by the size of the files alone. */
export default class LongFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}

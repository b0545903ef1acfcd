import { processFaults, walkFaults } from '@millrace/process';
import { DISPUTE_PROCESS } from './dispute-process.js';

const SHORT = { OP: 'OPEN', OV: 'OVERDUE', CO: 'CORRECTED', UP: 'UPHELD' };
const WALK = `
          NEW OP OV CO UP
Opened    OP  -  -  -  -
DaysOver  -   OV .  .  .
Corrected -   CO CO -  -
Upheld    -   UP UP -  -
`;

test('G-CB-05: every status × every trigger of a dispute is as expected, and the table is sound', () => {
  expect(walkFaults(DISPUTE_PROCESS, WALK, SHORT)).toEqual([]);
  expect(processFaults(DISPUTE_PROCESS)).toEqual([]);
});

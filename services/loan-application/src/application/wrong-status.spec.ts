import { APPLICATION_PROCESS } from '../process/application-process.js';
import { wrongStatus } from './advance-application.js';

test.each(APPLICATION_PROCESS.statuses)('T07: a refusal in %s names what can be done in words, and no name of the process', (status) => {
  const { detail } = wrongStatus(status).details;
  expect(APPLICATION_PROCESS.table.personTriggers.filter((trigger) => detail?.includes(trigger))).toEqual([]);
  expect(detail).toMatch(/^(Possible now: [a-z’ ,]+\.|No action of a person is possible in this status\.)$/);
});

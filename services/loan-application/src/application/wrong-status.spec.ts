import { PERSON_TRIGGERS, STATUSES } from '../process/loan-process.js';
import { wrongStatus } from './advance-application.js';
import type { ApplicationStatus } from '../process/loan-process.js';

test.each(Object.keys(STATUSES) as ApplicationStatus[])('T07: a refusal in %s names what can be done in words, and no name of the process', (status) => {
  const { detail } = wrongStatus(status).details;
  expect(PERSON_TRIGGERS.filter((trigger) => detail?.includes(trigger))).toEqual([]);
  expect(detail).toMatch(/^(Possible now: [a-z’ ,]+\.|No action of a person is possible in this status\.)$/);
});

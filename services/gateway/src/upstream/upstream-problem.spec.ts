import { problemOfAnswer } from './upstream-problem.js';

const body = { type: 't', title: 'No.', status: 409, detail: 'Do that.', code: 'ID_REUSED', instance: '/inside', errors: [{ field: 'a', message: 'b' }] };

test('a problem of the request is passed on as the service said it, without the inner address', () => {
  expect(problemOfAnswer('loan-application', 409, body, undefined).details).toEqual({
    status: 409,
    code: 'ID_REUSED',
    title: 'No.',
    detail: 'Do that.',
    errors: [{ field: 'a', message: 'b' }],
  });
});

test('trouble of a service is told in the gateway’s own words', () => {
  const told = (status: number, answer: unknown, retryAfter?: string) => {
    const { details } = problemOfAnswer('scoring', status, answer, retryAfter);
    return [details.status, details.code, details.headers?.['retry-after']];
  };
  expect(told(503, { code: 'NOT_READY', title: 'x' }, '7')).toEqual([503, 'SERVICE_UNAVAILABLE', '7']);
  expect(told(503, undefined)).toEqual([503, 'SERVICE_UNAVAILABLE', '5']);
  expect(told(500, { code: 'INTERNAL', title: 'x' })).toEqual([502, 'SERVICE_FAILED', undefined]);
  expect(told(401, { code: 'INTERNAL_ONLY', title: 'x' })).toEqual([502, 'SERVICE_FAILED', undefined]);
  expect(told(404, 'no problem')).toEqual([502, 'SERVICE_FAILED', undefined]);
});

import { newId } from '@millrace/contracts';
import { policyInForce } from '@millrace/policy';
import { isSampled } from './sample-policy.js';

const [SINCE, BEFORE] = ['2028-05-01', '2028-04-30'].map((day) => policyInForce('online_microloan', day));
const IDS = Array.from({ length: 4_000 }, () => newId());

test('R-UW-07: some 5% are sampled from 2028-05-01 on, none before, and the same ones whenever it is asked', () => {
  const sampled = IDS.filter((id) => isSampled(id, SINCE!));
  expect(sampled.length).toBeGreaterThan(140);
  expect(sampled.length).toBeLessThan(265);
  expect(sampled.every((id) => isSampled(id, SINCE!))).toBe(true);
  expect(IDS.filter((id) => isSampled(id, BEFORE!))).toEqual([]);
});

test('R-UW-07: the share is a number of the policy', () => {
  const withShare = (sampleBps: number) => IDS.filter((id) => isSampled(id, { approval: { ...SINCE!.approval, sampleBps } })).length;
  expect([withShare(0), withShare(10_000)]).toEqual([0, IDS.length]);
});

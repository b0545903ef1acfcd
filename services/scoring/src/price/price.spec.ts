import { GRADES } from '@millrace/contracts';
import { policyInForce } from '@millrace/policy';
import { computePrice } from './price.js';

const { price: PRICE, masterScale } = policyInForce('online_microloan', '2026-03-02');

test('M-RP-02: prices of the lent-to grades', () => {
  const prices = GRADES.slice(0, 7).map((grade) => [grade, computePrice(masterScale.midPdBps[grade], PRICE).rateBps]);
  expect(prices).toEqual([
    ['R1', 555],
    ['R2', 570],
    ['R3', 595],
    ['R4', 635],
    ['R5', 685],
    ['R6', 765],
    ['R7', 905],
  ]);
});

test('M-RP-01: R4 is made of the parts of the price', () => {
  expect(computePrice(160, PRICE).parts).toEqual({ expectedLossBps: '88', capitalChargeBps: '83.475', beforeRoundingBps: '631.475' });
});

test('rounding is up, and a price on the step stays; security and subsidies lower it, never below zero', () => {
  const flat = { ...PRICE, riskWeightBps: 0 };
  expect(computePrice(0, flat).rateBps).toBe(460);
  expect(computePrice(0, { ...flat, marginBps: 61 }).rateBps).toBe(465);
  expect(computePrice(160, { ...PRICE, lgdBps: 4000 }).rateBps).toBe(610);
  expect(computePrice(160, { ...PRICE, subsidyBps: 50, loyaltyBps: 10 }).rateBps).toBe(575);
  expect(computePrice(0, { ...flat, subsidyBps: 9000 }).rateBps).toBe(0);
});

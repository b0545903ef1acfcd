import { ageOn, maskApplicant } from './applicant.js';

test('age counts full years on the business date; the birthday itself counts', () => {
  expect(ageOn('990101200803020019', '2026-03-01')).toBe(17);
  expect(ageOn('990101200803020019', '2026-03-02')).toBe(18);
  expect(ageOn('990101200013990019', '2026-03-02')).toBeNull();
});

test('a masked applicant keeps the family name and the ends of the numbers, whatever the length (R-IT-05)', () => {
  const applicant = { name: '测试甲', idNumber: '990101199001010019', mobile: '13900000001', deviceFingerprint: null, formFillSeconds: null };
  expect(maskApplicant(applicant)).toEqual({ name: '测**', idNumber: '9901**********0019', mobile: '139****0001' });
});

test('F22: a name of one character shows nothing of itself', () => {
  const applicant = { name: '甲', idNumber: '990101199001010019', mobile: '13900000001', deviceFingerprint: null, formFillSeconds: null };
  expect(maskApplicant(applicant).name).toBe('*');
  expect(maskApplicant({ ...applicant, name: '𠮷' }).name).toBe('*');
  expect(maskApplicant({ ...applicant, name: '𠮷甲' }).name).toBe('𠮷*');
});

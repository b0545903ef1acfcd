import 'reflect-metadata';
import { PURPOSES } from '@millrace/contracts';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { submission } from '../../test/submission.js';
import { SubmitApplicationDto } from './submit-application.dto.js';

const refusedFields = (purpose: string): string[] =>
  validateSync(plainToInstance(SubmitApplicationDto, submission({ purpose }))).map(({ property }) => property);

test.each(['wealth_product', 'anything', ''])('money for "%s" has no code, and cannot be asked for', (purpose) => {
  expect(refusedFields(purpose)).toEqual(['purpose']);
});

test.each(PURPOSES)('G-ML-05, G-IL-05: %s can be named; the licence says whether money is lent for it', (purpose) => {
  expect(refusedFields(purpose)).toEqual([]);
});

import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { submission } from '../../test/submission.js';
import { PURPOSES, SubmitApplicationDto } from './submit-application.dto.js';

const refusedFields = (purpose: string): string[] =>
  validateSync(plainToInstance(SubmitApplicationDto, submission({ purpose }))).map(({ property }) => property);

test.each(['securities', 'equity', 'real_estate', 'repay_debt', 'wealth_product', ''])('G-ML-05: money for "%s" cannot be asked for', (purpose) => {
  expect(refusedFields(purpose)).toEqual(['purpose']);
});

test.each(PURPOSES)('G-ML-05: money for %s can', (purpose) => {
  expect(refusedFields(purpose)).toEqual([]);
});

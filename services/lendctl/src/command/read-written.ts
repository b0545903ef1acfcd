import { readFileSync } from 'node:fs';
import { OperatorError } from '../trouble/operator-error.js';

/**
 * JSON that somebody wrote into a file for a command; its content is for the command to check.
 * @throws OperatorError where the file is not there, or holds no JSON
 */
export function readWritten(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new OperatorError(`${file} cannot be read: ${(error as Error).message}`);
  }
}

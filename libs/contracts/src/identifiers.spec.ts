import fc from 'fast-check';
import { isValidResidentId, isValidUscc, residentIdCheckCharacter, usccCheckCharacter } from './identifiers.js';

test.each(['91990100MA0TE00010', '91990100MA0TE00023', '91990100MA0TE00036'])('domain §5: the synthetic code %s is right', (code) => {
  expect(isValidUscc(code)).toBe(true);
});

test('R-OP-04: one wrong character is found, wherever it stands', () => {
  const code = '91990100MA0TE00010';
  for (let at = 0; at < code.length; at++) {
    const other = code[at] === '7' ? '8' : '7';
    expect(isValidUscc(code.slice(0, at) + other + code.slice(at + 1))).toBe(false);
  }
});

test.each(['', '91990100MA0TE0001', '91990100MA0TE000100', '91990100MA0TE0001I', '91990100ma0te00010'])('"%s" is no unified social credit code', (code) => {
  expect(isValidUscc(code)).toBe(false);
});

test('a body and its check character are valid together', () => {
  const character = fc.constantFrom(...'0123456789ABCDEFGHJKLMNPQRTUWXY');
  fc.assert(
    fc.property(fc.array(character, { minLength: 17, maxLength: 17 }), (characters) =>
      isValidUscc(characters.join('') + usccCheckCharacter(characters.join(''))),
    ),
  );
});

test('domain §5: the synthetic resident id is right; a swapped pair, a wrong check and an impossible birthday are not', () => {
  expect(isValidResidentId('990101199001010019')).toBe(true);
  expect(isValidResidentId('990101199001010091')).toBe(false);
  expect(isValidResidentId('990101199001010018')).toBe(false);
  expect(isValidResidentId(`99010119900230001${residentIdCheckCharacter('99010119900230001')}`)).toBe(false);
  expect(isValidResidentId('')).toBe(false);
});

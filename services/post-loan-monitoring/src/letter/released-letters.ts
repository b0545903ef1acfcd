/**
 * SHA-256 (hex) of each wording that letters are written by, by version. A wording never changes after its release: a version that a stored letter names must
 * mean one text. A new one is a new file with a line of its own here; old files stay.
 */
export const RELEASED_LETTERS: Readonly<Record<string, string>> = {
  'bureau-pre-notice.v1': 'f0c89304f250e38991d97059e8a844271c84b388915dbb38faf0c4bf948b232d',
  'demand-letter.v1': '2eac94eee6ea14f70c576d86f4cc191d724f20af117a8e6b8602f79a20329af0',
  'dispute-corrected.v1': 'bb4321b2632a3f659a08e5d81bc9f1af3e13a8c8ec6a2850a470da0962cc7320',
  'dispute-upheld.v1': '9c230e44c34c066ebdc0a36f6d9cd83e9bd6d1d9fbb6e4a7b51856a77d84ba84',
  'due-reminder.v1': '79c60cda129faee0a79928e54004c478de8f421a32be8f8a8bd0156f2679619a',
  'guarantor-notice.v1': 'dd633522a54031794bc59099037e092172f716a76251cdb9d3d64db0f146b224',
  'guarantor-transfer-notice.v1': '5e3d4e19e11fb1e5c7867449ab1745f7e4edee466bf53550c4c9d65d90d1a45b',
  'late-message.v1': 'fc94f7ddc3ec4cc39f1c39a854e24b24183bdde84d6918a77f538a0dda512c45',
  'renewal-offer.v1': '030781214097ce139b39141576adde83676311ec942147b991a2235d0c67d0aa',
  'settlement.v1': 'e93d0ccc23df14c032319a57ae273e1c73d3e15423e332463e69e2ba0a84124d',
  'transfer-notice.v1': '2f6ca41b2e9de093ea26b96bfa50a0754921c081ab3eed623cc2fe9869f8c99c',
};

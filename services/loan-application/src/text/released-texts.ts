/**
 * SHA-256 (hex) of each text that applicants are shown, by its id (kind, type, version, language). A text never changes after its release: the hash in
 * a consent must lead to what the applicant read. A new wording is a new file under the next version, with a line of its own here.
 */
export const RELEASED_TEXTS: Readonly<Record<string, string>> = {
  'consent-C1.v1.en': '2d25dd541425da0f50f1773a2871f82a41208c6d72317972be77a5d7b30c5f52',
  'consent-C1.v1.zh-CN': '7bf2ddc62a5b6e980ce110ac40fa1e829d05f1293e59fb043a699e34d91fc9e5',
  'consent-C2.v1.en': '894b2cc3e67cf40061b641738b5325cf2692d846bc0038d45c0a7d9256653ed6',
  'consent-C2.v1.zh-CN': 'c5106fe7150bcf56bcd3f99cae7123a5b988f3169c050830eeae76f9f910eda8',
  'consent-C3.v1.en': '33725763299f7ae62eaebb162bbe611e5f5b93874e58f3a8a22d8fd472951179',
  'consent-C3.v1.zh-CN': 'e8af1b5f6ee00be13f00daf2e5fa375864ebd606a189b8d64efd305d15058e65',
  'consent-C4.v1.en': '7abfc4a769219d9ca508fcc91efdf689cdecb7de6d12c935e721704935884836',
  'consent-C4.v1.zh-CN': '8243ae30485f8fe6a9cc650a07a09fbea9cdc945750bddb78806d1f7342cd5ed',
  'consent-C5.v1.en': '1f16a41e4e572258e98b2c15c2cc19290829aa413fbef61aa37b49b4b34c9e3e',
  'consent-C5.v1.zh-CN': '4cfd7030bdc2f4de982dcd3bdaea4fbfa9ee07713ede90566da30622580aec9e',
  'consent-C6.v1.en': '756b5c70a9d3b63cf9f22e56da8a13681ac6d8af60cee10e33e6e0156644db89',
  'consent-C6.v1.zh-CN': '620ed74b41634158828eee352c8909edf1cf48ab3227ae0ee6619761068c2308',
  'consent-C7.v1.en': '4810bf278cc9c709ca5010e40d47c142cb5fadd3010443923314b3f249bedadc',
  'consent-C7.v1.zh-CN': '7fb05cce7277cb8a295613591c6e62ef637a97fda9216c3483d43a6521f4a280',
  'consent-C8.v1.en': 'f21a742435027d4145e30c2df0520a86306c59044e5c46844e7917ec339bbbad',
  'consent-C8.v1.zh-CN': '560387d916b7f80fb714d97b9e0a8d7295cabb21c7d9c7df8fe9224b434e448c',
  'consent-C9.v1.en': '1958dd0fb72821c979efbb067913be4629f4ac1146d456561931af1c05f32c4d',
  'consent-C9.v1.zh-CN': '8d971a6546d490e93cd33ba6cf431f98bfead511c5bafcdd9bd5e34e5b80612a',
  'disclosure-cost_explainer.v1.en': '6770bb8912e86a806dd801d5a88ab36107d36a6310ee2f088b8d9f3cbbdbf8e7',
  'disclosure-cost_explainer.v1.zh-CN': '3a00d80ad365574261a9608333e145f4ead6754b697580a9eac05fff8254a4ba',
  'disclosure-risk_warning.v1.en': '2e42ace9ea228c6496b7a9a6560a47da4333e87dba996711fb3d835fe6934d31',
  'disclosure-risk_warning.v1.zh-CN': '008770c414d3cc57182dc1857de7076f90ca6d12a7683cd2dfaafe99b523843d',
};

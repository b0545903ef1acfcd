/**
 * SHA-256 (hex) of each wording that contracts are signed under, by version. A wording never changes after its release: a version that stands in a
 * signed contract must mean one text. A new one is a new file with a line of its own here.
 */
export const RELEASED_TEMPLATES: Readonly<Record<string, string>> = {
  'loan-addendum.v1': 'd16c3cd878e53484c09ad6f16a7d9d82847c7ac580eb75210c215fc9794260bd',
  'loan-contract.v1': 'ca35fce3a5ed4af3c4662c2511ad227c76430091253734377fa7842723da026d',
  'loan-contract.v2': 'fc71083901b31c730636bec398bc380c70adfc83c7d1c7e831db161c4dd6afda',
  'loan-contract.v3': 'dca476efbd745d41b460d2ff98c340e4d66287a0056ab6ce098a7e73a610202a',
  'loan-contract.v4': '7600c7c5b727cbba31c1032413df0d7fed40c4dfc0925205560db1362ea1b7b4',
  'loan-contract.v5': '6012fb9d73c6a911af0b7ae29dd3e9c48ee32458f639976b7b797c00a00ccd5d',
  'loan-guarantee.v1': 'b8a8f00aa977838deee761b138c2c7d2829479e5fe27d4d79eb810a54a5ca92e',
  'loan-renewal.v1': 'de9e9a91543bfa3515cf106399fee4b8db12824e1df7a2306f8bd158905185da',
};

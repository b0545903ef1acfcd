export { addressOfCall, ApiClient, GatewayProblem, type BodyArgument } from './api-client.js';
export { percent, yuan } from './amounts.js';
export { applicationOf, apply } from './apply.js';
export { followFirm, watch, type FirmResult, type OnStatus } from './follow-firm.js';
export { GatewayClient, type ApplicationView, type Reason, type ReviewTaskView } from './gateway-client.js';
export { SandboxClient, type SandboxFirm, type SandboxTransfer } from './sandbox-client.js';
export { standingOf } from './standing.js';

import { Controller, Get } from '@nestjs/common';
import { SANDBOX_CASES, type SandboxCase } from './sandbox-cases.js';

/** What can be tried in the sandbox, and how. */
@Controller('sandbox/cases')
export class CaseController {
  @Get()
  list(): { items: readonly SandboxCase[] } {
    return { items: SANDBOX_CASES };
  }
}

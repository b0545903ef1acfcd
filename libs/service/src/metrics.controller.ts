import { Controller, Get, Header, Inject } from '@nestjs/common';
import { MetricsRegistry } from './metrics.js';

/** Prometheus endpoint, the same for every service. */
@Controller('metrics')
export class MetricsController {
  constructor(@Inject(MetricsRegistry) private readonly metrics: MetricsRegistry) {}

  @Get()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  read(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}

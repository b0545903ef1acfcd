import { CurrentPrincipal, type Principal } from '@millrace/service';
import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Upstream } from '../upstream/upstream.js';
import { ProductListDto } from './product.dto.js';

@ApiTags('Products')
@Controller('v1/products')
export class ProductController {
  constructor(@Inject(Upstream) private readonly upstream: Upstream) {}

  @Get()
  @ApiOperation({ summary: 'Products in force, with limits, tenors, consents and fees' })
  @ApiOkResponse({ type: ProductListDto })
  list(@CurrentPrincipal() principal: Principal): Promise<ProductListDto> {
    return this.upstream.get('loan-application', '/products', principal);
  }
}

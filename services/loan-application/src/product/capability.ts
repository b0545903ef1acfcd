import { defineCapability } from '@millrace/service';
import { AdmittedProducts } from './admitted-products.js';
import { ProductCatalogue } from './product-catalogue.js';
import { ProductController } from './product.controller.js';
import { Product } from './product.entity.js';

/** What can be applied for. */
export const product = defineCapability({
  name: 'product',
  face: ['admitted-products', 'product-catalogue', 'product.entity', 'shipped-products'],
  controllers: [ProductController],
  providers: [AdmittedProducts, ProductCatalogue],
  entities: [Product],
});

import type { PageQuery } from '@threadbridge/contract';
import type { HonoRequest } from 'hono';

/** The wished part of a list; what is no such thing is left out. */
export function pageQuery(request: HonoRequest): PageQuery {
  const { before, limit } = request.query();
  return {
    ...(before !== undefined && /^[\d.]{1,40}$/.test(before) && { before }),
    ...(limit !== undefined && /^\d{1,3}$/.test(limit) && { limit: Number(limit) }),
  };
}

"""What may be granted on exchange with others."""

from __future__ import annotations

from opencen.accounts.permissions import permission

READ_EXCHANGE = permission("exchange:read", "See what was sent and what came")
SEND = permission("exchange:send", "Send packets and mail to partners")
MANAGE_EXCHANGE = permission("exchange:manage", "Add partner nodes and agreements")
CARRY = permission("exchange:carry", "Carry packets: the node itself")
QUEUE_CORRECTIONS = permission("release:correct", "Queue corrections after a clearing: the node itself")

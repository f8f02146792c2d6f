"""The HTTPS carrier: the one address at which partners hand packets in."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from opencen.exchange.inbox import receive
from opencen.exchange.outbox import PACKET_TYPE
from opencen.kernel.errors import OpenCenError

MAX_PACKET = 64 * 1024 * 1024
BAD_PER_MINUTE = 60


@csrf_exempt  # a packet is authenticated by its signature; there is no session to ride on
@require_POST
def hand_in(request: HttpRequest) -> HttpResponse:
    """Take a packet in and answer with its receipt, itself a packet; who sends rubbish is slowed down."""
    source = f"bad-packets:{request.META.get('REMOTE_ADDR', '')}"
    if cache.get(source, 0) >= BAD_PER_MINUTE:
        return _problem(429, "packet.too_many")
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_PACKET:
        return _problem(413, "packet.too_large")
    try:
        receipt = receive(request.read(MAX_PACKET + 1))
    except OpenCenError as error:
        cache.set(source, cache.get(source, 0) + 1, 60)
        return _problem(error.status, error.code)
    return HttpResponse(receipt, content_type=PACKET_TYPE)


def _problem(status: int, code: str) -> HttpResponse:
    """Answer a stranger with a code and nothing else."""
    body = {"type": f"urn:opencen:problem:{code}", "status": status, "code": code}
    return JsonResponse(body, status=status, content_type="application/problem+json")

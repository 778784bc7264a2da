"""Headers of every page that may show the record: kept by no cache, and no feature of the device is used."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

FEATURES = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def confidential(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that sets them."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Cache-Control"] = "no-store"
        response["Permissions-Policy"] = FEATURES
        return response

    return respond

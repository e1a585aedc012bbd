"""One shape for every refusal: RFC 9457 problem+json with all its findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from flask import Response, current_app, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from archive.records import Altered, ArchiveFault, Conflict, Missing, Unavailable
from generators.model import ERROR, Finding
from generators.pipeline import Examined
from generators.wire import finding_record, to_json
from rendering.faults import Busy, NotInstalled, RenderingFault, TooLong
from web.journal import log_fault
from web.request_ids import request_id

_BAD, _NOBODY, _FORBIDDEN, _MISSING, _METHOD, _CONFLICT = 400, 401, 403, 404, 405, 409
_LARGE, _TYPE, _FINDINGS, OUR_FAULT, _ABSENT, _BUSY, _LONG = 413, 415, 422, 500, 501, 503, 504
_TITLES: Mapping[int, str] = {
    _BAD: "Không đọc được nội dung gửi lên",
    _NOBODY: "Chưa đăng nhập",
    _FORBIDDEN: "Không được phép",
    _MISSING: "Không tìm thấy",
    _METHOD: "Địa chỉ này không nhận cách gửi đó",
    _CONFLICT: "Không khớp với báo cáo đang có",
    _LARGE: "Nội dung gửi lên quá lớn",
    _TYPE: "Loại tệp này không dùng được ở đây",
    _FINDINGS: "Chưa lập được báo cáo",
    412: "Đã có thay đổi từ lúc đọc",
    429: "Gửi quá nhiều yêu cầu",
    OUR_FAULT: "Máy chủ gặp sự cố",
    _ABSENT: "Máy chủ không làm được việc này",
    _BUSY: "Máy chủ đang bận",
    _LONG: "Máy chủ làm việc này quá lâu",
}
_STATUS_OF = {"file.not_workbook": _TYPE, "file.too_large": _LARGE}
_STATUS_OF_ARCHIVE: Mapping[type, int] = {
    Missing: _MISSING, Conflict: _CONFLICT, Unavailable: _BUSY, ArchiveFault: _FINDINGS,
}  # fmt: skip
_STATUS_OF_RENDERING: Mapping[type, int] = {
    NotInstalled: _ABSENT, Busy: _BUSY, TooLong: _LONG, RenderingFault: _FINDINGS,
}  # fmt: skip
_RETRY_SECONDS = "60"
_MEBIBYTE = 1 << 20


@dataclass(frozen=True)
class Problem:
    """Why a request was not done: what the caller is told, and the status that goes with it."""

    status: int
    detail: str
    findings: tuple[Finding, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The sentence all problems of this status share."""
        return title_of(self.status)


def title_of(status: int) -> str:
    """Return the sentence all problems of a status share."""
    return _TITLES.get(status, _TITLES[_BAD])


class RefusedRequest(Exception):
    """A request that is not done; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail)
        self.problem = problem


def refuse(status: int, finding: Finding) -> RefusedRequest:
    """Return the refusal for one fault of the request itself."""
    return RefusedRequest(_whole(status, finding))


def findings_problem(examined: Examined) -> Problem:
    """Return why what was examined gives no document."""
    if examined.unreadable:
        first = examined.findings[0]
        return Problem(_STATUS_OF.get(first.code, _BAD), _both(first), examined.findings)
    count = sum(finding.severity == ERROR for finding in examined.findings)
    detail = f"Có {count} điều phải sửa. Hãy sửa trong biểu rồi gửi lại."
    return Problem(_FINDINGS, detail, examined.findings)


def gate_problem(examined: Examined) -> Problem:
    """Return why what was examined may not be kept: errors, or warnings nobody acknowledged."""
    if examined.stopped or examined.data is None:
        return findings_problem(examined)
    detail = (f"Còn {len(examined.open)} điều nên xem lại chưa được xác nhận. Hãy xác nhận từng điều "
              "theo mã, kèm lý do và tên người xác nhận.")  # fmt: skip
    return Problem(_FINDINGS, detail, examined.findings)


def problem_of(error: Exception) -> Problem:
    """Return what the caller is told of `error`; what is our fault is logged under an id."""
    if isinstance(error, RefusedRequest):
        return error.problem
    # a kept file that was altered is no refusal of the archive but a fault of ours
    if isinstance(error, ArchiveFault) and not isinstance(error, Altered):
        return Problem(_status_in(_STATUS_OF_ARCHIVE, error), str(error))
    if isinstance(error, RenderingFault):
        return _rendering_problem(error)
    if isinstance(error, RequestEntityTooLarge):
        limit = int(current_app.config["MAX_UPLOAD_BYTES"])
        return too_large(min(limit, request.max_content_length or limit))
    if isinstance(error, HTTPException) and error.code is not None and error.code < OUR_FAULT:
        return _http_problem(error, error.code)
    return _fault(error)


def problem_response(problem: Problem) -> Response:
    """Return `problem` as application/problem+json."""
    told = problem_record(problem)
    told["instance"] = f"{quote(request.path)}#{request_id()}"
    return Response(
        to_json(told),
        problem.status,
        problem.headers,
        content_type="application/problem+json; charset=utf-8",
    )


def problem_record(problem: Problem) -> dict[str, Any]:
    """Return `problem` as it is told, without its instance."""
    return {
        "type": "about:blank",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "findings": [finding_record(finding) for finding in problem.findings],
    }


def too_large(limit: int) -> Problem:
    """Return why a body of more than `limit` bytes is not taken."""
    message = f"Nội dung gửi lên vượt quá mức cho phép là {say_size(limit)}."
    remedy = "Hãy bỏ bớt hình ảnh, trang và vùng định dạng thừa trong tệp rồi gửi lại."
    return _whole(_LARGE, Finding("file.too_large", ERROR, "", message, remedy))


def say_size(size: int) -> str:
    """Return a size as staff say it: "17 MB"."""
    return f"{size // _MEBIBYTE} MB" if size >= _MEBIBYTE else f"{size} byte"


# ---------------------------------------------------------------- what is said


def _whole(status: int, finding: Finding) -> Problem:
    return Problem(status, _both(finding), (finding,))


def _both(finding: Finding) -> str:
    return f"{finding.message} {finding.remedy}"


def _http_problem(error: HTTPException, status: int) -> Problem:
    if status == _METHOD:
        allowed = ", ".join(sorted(getattr(error, "valid_methods", None) or ()))
        return Problem(status, f"Địa chỉ này chỉ nhận: {allowed}.", headers={"Allow": allowed})
    if status == _MISSING:
        return Problem(status, "Không có địa chỉ này. Hãy kiểm tra lại, hoặc về trang đầu.")
    return Problem(status, "Yêu cầu gửi lên không đúng cách. Hãy kiểm tra rồi gửi lại.")


def _rendering_problem(fault: RenderingFault) -> Problem:
    again = {"Retry-After": _RETRY_SECONDS} if isinstance(fault, Busy) else {}
    return Problem(_status_in(_STATUS_OF_RENDERING, fault), str(fault), headers=again)


def _status_in(statuses: Mapping[type, int], fault: Exception) -> int:
    """The status of the nearest class of a fault."""
    return next(statuses[kind] for kind in type(fault).__mro__ if kind in statuses)


def _fault(error: Exception) -> Problem:
    log_fault(error)
    detail = f"Đây không phải lỗi của tệp. Hãy thử lại sau, hoặc báo người quản trị mã {request_id()}."
    return Problem(OUR_FAULT, detail)

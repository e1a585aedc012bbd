"""``Prefer: respond-async``: what is long is done later, by a thread beside those that answer.

A job is the request itself, kept in the database and made again by the worker in the name of whoever
asked. It survives the process: a job whose worker died is taken up again, once; after that it failed.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from functools import wraps
from threading import Event, Lock, Thread
from typing import Any

from flask import Flask, Response, current_app, request, url_for
from werkzeug.test import EnvironBuilder

from archive import jobs
from archive.jobs import Job, TooMany, Work
from archive.records import ArchiveFault
from web.answers import json_answer
from web.callers import ON_BEHALF, caller_id
from web.described import told as given
from web.journal import LOG, log_fault
from web.once import fingerprint, kept
from web.problems import Problem, RefusedRequest
from web.request_ids import HEADER, request_id
from web.shapes import JobTold
from web.shelf import the_archive

_WORKER = "bao_cao_worker"
_POLL, _TICK = 2.0, 5.0  # seconds
_HEADERS = ("Content-Type", "Accept")
LATER = given(JobTold, "A job was made of it.", "Location")
View = Callable[..., Response]


def may_be_later(view: View) -> View:
    """Let a caller of a view prefer a job to waiting."""

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> Response:
        if not _is_preferred() or ON_BEHALF in request.environ:
            return view(*args, **kwargs)
        return _put_off()

    return answer


def attach(app: Flask) -> None:
    """Give `app` a worker, which starts with the first job or with the server."""
    app.extensions[_WORKER] = Worker(app)


def worker_of(app: Flask) -> Worker:
    """Return the worker of `app`."""
    worker: Worker = app.extensions[_WORKER]
    return worker


def told(job: Job) -> dict[str, Any]:
    """Return a job as it is told."""
    own = url_for("jobs.tell_job", job_id=job.id)
    links = {"self": own} | ({"result": f"{own}/result"} if job.answer else {})
    return {
        "id": job.id, "state": job.state, "method": job.work.method, "path": job.work.path,
        "asked": job.asked, "ended": job.ended,
        "status": job.answer.status if job.answer else None, "links": links,
    }  # fmt: skip


def _is_preferred() -> bool:
    said = request.headers.get("Prefer", "").split(",")
    return "respond-async" in {one.partition(";")[0].strip().lower() for one in said}


def _put_off() -> Response:
    fingerprint(request)  # reads the body whole, or refuses it
    headers = {name: request.headers[name] for name in _HEADERS if name in request.headers}
    work = Work(caller_id(), request.method, request.path, request.query_string.decode("latin-1"),
                {**headers, HEADER: request_id()}, request.get_data())  # fmt: skip
    database = the_archive().database
    try:
        with database.writing() as connection:
            id_ = jobs.put_off(connection, work)
            job = jobs.job_at(connection, id_, work.caller)
    except TooMany:
        detail = f"Đang có {jobs.MOST_WAITING} việc chờ làm. Hãy chờ việc trước xong."
        raise RefusedRequest(Problem(429, detail, headers={"Retry-After": "10"})) from None
    worker_of(current_app).wake()
    response = json_answer(told(job) if job else {}, 202)
    response.headers["Location"] = url_for("jobs.tell_job", job_id=id_)
    response.headers["Preference-Applied"] = "respond-async"
    return response


class Worker:
    """One thread that does jobs, one after the other, until it is stopped."""

    def __init__(self, app: Flask) -> None:
        self._app, self._lock, self._wake, self._stopping = app, Lock(), Event(), Event()
        self._thread: Thread | None = None

    def wake(self) -> None:
        """Look for work now; the thread starts where it does not run yet."""
        with self._lock:
            if self._thread is None and not self._stopping.is_set():
                self._thread = Thread(target=self._run, name="jobs", daemon=True)
                self._thread.start()
        self._wake.set()

    def stop(self, seconds: float) -> None:
        """Take no more; what is not done in time is taken up again by the next process."""
        self._stopping.set()
        self._wake.set()
        if self._thread:
            self._thread.join(seconds)

    def _run(self) -> None:
        with ThreadPoolExecutor(1) as hand:
            while not self._stopping.is_set():
                self._wake.clear()
                try:
                    while not self._stopping.is_set() and self._do_next(hand):
                        pass
                except ArchiveFault as fault:
                    LOG.error("jobs wait", extra={"reason": str(fault)})
                except Exception as error:
                    with self._app.test_request_context("/"):
                        log_fault(error)
                self._wake.wait(_POLL)

    def _do_next(self, hand: ThreadPoolExecutor) -> bool:
        """Do one job; return whether there was any."""
        with self._app.app_context():
            database = the_archive().database
        with database.writing() as connection:
            job = jobs.take(connection)
        if job is None:
            return False
        doing: Future[Response] = hand.submit(self._answer, job.work)
        while not wait([doing], timeout=_TICK).done:
            with suppress(ArchiveFault), database.writing() as connection:
                jobs.go_on(connection, job.id)
        with database.writing() as connection:
            jobs.end(connection, job.id, kept(doing.result()))
        return True

    def _answer(self, work: Work) -> Response:
        builder = EnvironBuilder(path=work.path, method=work.method, query_string=work.query,
                                 headers=list(work.headers.items()), data=work.body,
                                 environ_overrides={ON_BEHALF: work.caller})  # fmt: skip
        with self._app.request_context(builder.get_environ()):
            return self._app.full_dispatch_request()

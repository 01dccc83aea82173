"""What people write, where they write it. Readers never read these tables."""

from __future__ import annotations

from .base import DraftPage, DraftSnippet
from .contact_point import ContactPoint, ContactPointHours
from .department_page import DepartmentPage
from .facts import Closure, Deadline, DocumentNeeded, Eligibility, Fact, Fee, LegalBasis, ProcessingTime
from .home import HomePage, TopTask
from .life_event import LifeEventPage
from .notice import Notice
from .place import Place, PlaceClosure, PlaceHours
from .service import (
    Channel,
    Download,
    RelatedService,
    ServicePage,
    ServiceTag,
    StandardCode,
    TaskLink,
)
from .topic import TopicPage

__all__ = [
    "Channel",
    "Closure",
    "ContactPoint",
    "ContactPointHours",
    "Deadline",
    "DepartmentPage",
    "DocumentNeeded",
    "Download",
    "DraftPage",
    "DraftSnippet",
    "Eligibility",
    "Fact",
    "Fee",
    "HomePage",
    "LegalBasis",
    "LifeEventPage",
    "Notice",
    "Place",
    "PlaceClosure",
    "PlaceHours",
    "ProcessingTime",
    "RelatedService",
    "ServicePage",
    "ServiceTag",
    "StandardCode",
    "TaskLink",
    "TopTask",
    "TopicPage",
]

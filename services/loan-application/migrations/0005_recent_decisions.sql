-- Decisions of the last days are counted from here, so that the figure survives restarts and deployments. One entry for each decision, not for each step.
create index application_history_decisions on application_history (at)
  where status_from in ('CHECKING', 'SCORING', 'ENHANCED_REVIEW', 'REVIEW_SINGLE') and status_to in ('OFFERED', 'REJECTED', 'ENHANCED_REVIEW', 'REVIEW_SINGLE');

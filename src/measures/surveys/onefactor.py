"""One factor behind several items, fitted by maximum likelihood.

Σ = λλ' + diag(θ). Jöreskog 1967, Psychometrika 32:443: minimise log|Σ| + tr(S Σ⁻¹).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import optimize

from measures.surveys.answers import Floats

LEAST_ERROR = 1e-6
"""An item's own variance, as a share of its whole, never falls below this."""


@dataclass(frozen=True, slots=True)
class Factor:
    """Loadings and own variances in the items' unit, and how sure they are.

    covariance: of (λ, θ) in that order, None where it cannot be had. at_the_edge: an own variance fell to its floor.
    """

    loadings: Floats
    errors: Floats
    covariance: Floats | None
    at_the_edge: bool


def fit(covariance: Floats, n: int) -> Factor:
    """Return the factor for a covariance matrix of n answers (dividing by n or n − 1 plays no part for omega)."""
    spread = np.sqrt(np.diag(covariance))
    s = covariance / np.outer(spread, spread)
    k = s.shape[0]

    def discrepancy(free: Floats) -> tuple[float, Floats]:
        """Return the discrepancy and its slope in (λ, log θ), by Σ⁻¹ = Θ⁻¹ − Θ⁻¹λλ'Θ⁻¹ / (1 + λ'Θ⁻¹λ)."""
        lam, theta = free[:k], np.exp(free[k:])
        weighed = lam / theta
        grows = 1 + lam @ weighed
        inverse = np.diag(1 / theta) - np.outer(weighed, weighed) / grows
        value = np.log(theta).sum() + np.log(grows) + np.sum(inverse * s)
        slope = inverse - inverse @ s @ inverse
        return float(value), np.concatenate([2 * slope @ lam, np.diag(slope) * theta])

    first = np.linalg.eigh(s)
    start = np.clip(first.eigenvectors[:, -1] * np.sqrt(first.eigenvalues[-1]), -0.95, 0.95)
    bounds = [(-2.0, 2.0)] * k + [(np.log(LEAST_ERROR), np.log(4.0))] * k
    begun = np.concatenate([start, np.log(1 - start**2)])
    found = optimize.minimize(
        discrepancy, begun, jac=True, method="L-BFGS-B", bounds=bounds,
        options={"maxiter": 5000, "maxfun": 20000, "ftol": 1e-15, "gtol": 1e-10},
    )  # fmt: skip
    free = found.x
    edge = bool((np.exp(free[k:]) < 10 * LEAST_ERROR).any())
    if not edge:
        with np.errstate(all="ignore"):  # where it strays, its answer is not taken
            exact = optimize.root(lambda each: discrepancy(each)[1], free, method="hybr", options={"xtol": 1e-14})
        if np.abs(exact.x - free).max() < 1e-3 and discrepancy(exact.x)[0] <= discrepancy(free)[0] + 1e-12:
            free = exact.x  # the same top, to the last digits
    lam, theta = free[:k], np.exp(free[k:])
    lam = lam if lam.sum() >= 0 else -lam
    lam, theta = lam * spread, theta * spread**2
    return Factor(lam, theta, None if edge else _covariance(lam, theta, n), edge)


def _covariance(lam: Floats, theta: Floats, n: int) -> Floats | None:
    """Return the inverse of the expected information n/2 · tr(Σ⁻¹ ∂Σ_i Σ⁻¹ ∂Σ_j)."""
    k = lam.size
    inverse = np.linalg.inv(np.outer(lam, lam) + np.diag(theta))
    turned = []
    for place in range(k):
        unit = np.eye(k)[place]
        turned.append(inverse @ (np.outer(unit, lam) + np.outer(lam, unit)))
    turned += [inverse @ np.diag(np.eye(k)[place]) for place in range(k)]
    information = n / 2 * np.array([[np.sum(a * b.T) for b in turned] for a in turned])
    try:
        return np.asarray(np.linalg.inv(information))
    except np.linalg.LinAlgError:
        return None


def omega_of(factor: Factor) -> tuple[float, float | None]:
    """Return omega, and its standard error by the delta method (None where the information gives none)."""
    total, own = float(factor.loadings.sum()), float(factor.errors.sum())
    whole = total**2 + own
    omega = total**2 / whole
    if factor.covariance is None:
        return omega, None
    k = factor.loadings.size
    slope = np.concatenate([np.full(k, 2 * total * own / whole**2), np.full(k, -(total**2) / whole**2)])
    variance = float(slope @ factor.covariance @ slope)
    return omega, variance**0.5 if variance > 0 else None

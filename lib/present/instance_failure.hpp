#pragma once

#include "apply/failure.hpp"
#include "present/failure_text.hpp"

namespace present {

// How an instance failed, its place in the document and what it logged last. The hint is empty
// where nothing is known that helps with this very failure.
[[nodiscard]] Message explain(const apply::InstanceFailed& failed, const Subject& subject);

}  // namespace present

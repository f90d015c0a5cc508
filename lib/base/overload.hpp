#pragma once

namespace base {

// Visits a variant with one lambda per alternative and no default: a new alternative is a compile
// error.
template <class... Cases>
struct Overload : Cases... {
    using Cases::operator()...;
};
template <class... Cases>
Overload(Cases...) -> Overload<Cases...>;

}  // namespace base

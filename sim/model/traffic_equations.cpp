#include "traffic_equations.h"

#include <Eigen/Sparse>
#include <Eigen/SparseLU>

#include "corridor/base/contract.h"

namespace corridor::model {

std::vector<double> solve_traffic(const std::vector<Passage>& passages, const std::vector<double>& outside) {
    using Matrix = Eigen::SparseMatrix<double>;
    if (outside.empty() || passages.empty()) return outside;
    const auto size = static_cast<int>(outside.size());
    std::vector<Eigen::Triplet<double>> entries;
    entries.reserve(outside.size() + passages.size());
    for (int i = 0; i < size; ++i) entries.emplace_back(i, i, 1.0);
    for (const Passage& passage : passages) {
        entries.emplace_back(static_cast<int>(passage.to), static_cast<int>(passage.from), -passage.share);
    }
    Matrix matrix(size, size);
    matrix.setFromTriplets(entries.begin(), entries.end());
    Eigen::SparseLU<Matrix> solver(matrix);
    ensures(solver.info() == Eigen::Success,
            "what enters a corridor leaves it, so its traffic equations have a solution");
    const Eigen::VectorXd solution = solver.solve(Eigen::Map<const Eigen::VectorXd>(outside.data(), size));
    return {solution.begin(), solution.end()};
}

}  // namespace corridor::model
